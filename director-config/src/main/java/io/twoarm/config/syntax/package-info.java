/**
 * The shape that both configuration languages share: tokens, lines, statements and blocks, with every byte of the text
 * kept.
 *
 * <p>In comes text, out comes a tree that prints to the same text, and findings about braces, quotes and lines. What a
 * keyword means stays outside.
 */
package io.twoarm.config.syntax;
