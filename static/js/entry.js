"use strict";
// What a page keeps with its entry in the browser's history, to be found again on going back: `entry.keep(name, value)`,
// `entry.kept(name)`. Only for the person who typed it; somebody else may have signed in since.
const entry = {
  all() {
    const { author, kept } = history.state || {};
    return author && author === document.body.dataset.author ? kept : {};
  },
  kept(name) { return this.all()[name]; },
  keep(name, value) {
    const { author } = document.body.dataset;
    history.replaceState({ ...history.state, author, kept: { ...this.all(), [name]: value } }, "");
  },
};
