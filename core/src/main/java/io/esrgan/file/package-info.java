/**
 * Files that are whole or not there: everything the project writes goes through here; lists of what
 * is in folders; and work that is brought to a good end.
 */
package io.esrgan.file;
