package io.esrgan.image;

/**
 * What is known of a picture before it is decoded.
 *
 * @param format the format of the content, whatever the file's name ends in
 * @param width in pixels, as {@link Images#read} will return it: upright
 * @param height in pixels, as {@link Images#read} will return it: upright
 */
public record Header(Format format, int width, int height) {}
