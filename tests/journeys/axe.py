"""What axe finds on a page, without looking at the same thing many times."""

from collections.abc import Sequence

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Contrast is a matter of color, ground, size and weight, and by far the dearest rule of all. Of texts for which these
# and every class and state on the way up to <body> are the same, one is looked at. Drawings and fields are looked at
# one by one: what lies under a text of a drawing is not among its ancestors.
_SCRIPT = (
    AXE_SCRIPT
    + """;
window.differing = () => {
  const ways = new Map([[document.documentElement, ""]]), found = new Map();
  const way = each => {
    if (!ways.has(each)) {
      const look = getComputedStyle(each), states = each.disabled || each.ariaDisabled || each.ariaHidden || "";
      const ground = `${look.backgroundColor} ${look.backgroundImage} ${look.opacity} ${look.filter}`;
      ways.set(each, `${way(each.parentElement)} > ${each.localName}.${each.className} ${states} ${ground}`);
    }
    return ways.get(each);
  };
  for (const each of document.body.querySelectorAll("*")) {
    const own = [...each.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const alone = each.closest("svg") || each.matches("input, select, textarea, button");
    if (!(own || alone) || !each.checkVisibility({visibilityProperty: true})) continue;
    const look = getComputedStyle(each), is = [look.color, look.fontSize, look.fontWeight, look.textShadow];
    const key = alone ? each : `${way(each)} ${is} ${each.getBoundingClientRect().height > 1}`;
    if (!found.has(key)) found.set(key, each);
  }
  return [...found.values()];
};
window.faults = async only => {
  const run = (context, rules) => axe.run(context, {preload: false, resultTypes: ["violations"], ...rules});
  const others = only ? only.filter(rule => rule !== "color-contrast") : null, results = [];
  if (!others) {
    const rules = {"target-size": {enabled: true}, "color-contrast": {enabled: false}};
    results.push(await run(document, {rules}));
  } else if (others.length) results.push(await run(document, {runOnly: {type: "rule", values: others}}));
  const texts = differing();
  if (texts.length && (!only || only.includes("color-contrast")))
    results.push(await run({include: texts}, {runOnly: {type: "rule", values: ["color-contrast"]}}));
  const violations = results.flatMap(each => each.violations);
  return violations.flatMap(each => each.nodes.map(node => `${each.id}: ${node.html.slice(0, 160)}`));
};
"""
)


def found(page: Page, only: Sequence[str] | None = None) -> list[str]:
    """The faults of the page as it is now: by these rules, or by all."""
    if not page.evaluate("'faults' in window"):
        page.evaluate(_SCRIPT)
        page.add_init_script(_SCRIPT)  # for the next pages
    return list(page.evaluate("only => faults(only)", only))
