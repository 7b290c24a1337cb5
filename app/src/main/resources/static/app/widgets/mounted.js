/**
 * Which widgets are drawn. What is far from what is looked at gives its place up once so many others are drawn, the one
 * looked at longest ago first, so that a long conversation needs no more memory than a short one.
 */
const MOST = 20;

const drawn = new Set();

const near = new IntersectionObserver(
  entries => entries.forEach(({ target, isIntersecting }) => (isIntersecting ? comesNear(target) : goesFar(target))),
  { rootMargin: '800px 0px' });

function comesNear(widget) {
  widget.isNear = true;
  drawn.delete(widget);
  drawn.add(widget);
  widget.drawn = true;
  tidy();
}

function goesFar(widget) {
  widget.isNear = false;
  tidy();
}

function tidy() {
  for (const widget of drawn) {
    if (drawn.size <= MOST) return;
    if (!widget.isNear) {
      drawn.delete(widget);
      widget.putAway();
    }
  }
}

/** Has a widget drawn when it is near what is looked at. */
export function watch(widget) {
  near.observe(widget);
}

export function forget(widget) {
  near.unobserve(widget);
  drawn.delete(widget);
}
