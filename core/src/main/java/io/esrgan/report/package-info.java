/** How results are shown: tables, figures, pages. */
package io.esrgan.report;
