/**
 * Files that are whole or not there: everything the project writes goes through here; and lists of
 * what is in folders.
 */
package io.esrgan.file;
