package io.twoarm.model.lint;

import io.twoarm.model.Finding;
import io.twoarm.model.change.Change;

/** A finding together with a change that removes it, and adds none of error level. */
public record Fix(Finding finding, Change<?> change) {}
