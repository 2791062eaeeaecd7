/** Running a network: memory planned from its graph, whole or in tiles. */
package io.esrgan.exec;
