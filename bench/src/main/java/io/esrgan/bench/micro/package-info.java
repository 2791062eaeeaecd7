/** Small things on their own, measured by JMH. */
package io.esrgan.bench.micro;
