/** The networks, one file each, as their papers draw them. */
package io.esrgan.model;
