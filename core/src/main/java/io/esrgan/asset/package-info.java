/** Files that are fetched or brought, not shipped: what is known, where it lies, what proves it. */
package io.esrgan.asset;
