/** Tools for text and Markdown, as an example of a tool plugin. */
@NullMarked
package dev.portcullis.sample.tools;

import org.jspecify.annotations.NullMarked;
