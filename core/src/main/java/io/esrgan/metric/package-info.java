/** How far one picture is from another, each number stamped with how it was taken. */
package io.esrgan.metric;
