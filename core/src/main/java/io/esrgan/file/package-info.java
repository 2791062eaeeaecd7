/** Files that are whole or not there: everything the project writes goes through here. */
package io.esrgan.file;
