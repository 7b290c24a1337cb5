const NEAR_END = 60;

/**
 * Where a person reads in what grows: at its end, which is kept in sight until they look elsewhere, or anywhere above,
 * where they stay while earlier parts are put in before.
 */
export class ReadingPlace {
  follows = true;
  last = 0;

  constructor({ content, beginning, onBeginning }) {
    this.growth = new ResizeObserver(() => {
      if (this.follows) window.scrollTo(0, document.documentElement.scrollHeight);
    });
    this.growth.observe(content);
    this.scrolled = () => this.look();
    window.addEventListener('scroll', this.scrolled, { passive: true });
    this.beginning = beginning;
    this.nearBeginning = new IntersectionObserver(
      seen => { if (seen.some(each => each.isIntersecting)) onBeginning(); }, { rootMargin: '400px' });
    this.nearBeginning.observe(beginning);
  }

  /** Whoever moves up reads there; whoever comes back to the end follows again. */
  look() {
    const left = document.documentElement.scrollHeight - window.innerHeight - window.scrollY;
    if (left < NEAR_END) this.follows = true;
    else if (window.scrollY < this.last) this.follows = false;
    this.last = window.scrollY;
  }

  get isNearBeginning() {
    return this.beginning.getBoundingClientRect().bottom > -400;
  }

  /** Lets something be put in above, and leaves what is looked at where it is. */
  async keep(putIn) {
    const { scrollHeight } = document.documentElement;
    const { scrollY } = window;
    await putIn();
    await new Promise(requestAnimationFrame);
    const grown = document.documentElement.scrollHeight - scrollHeight;
    // Browsers do this by themselves, but not at the very top.
    if (!this.follows && window.scrollY - scrollY < grown / 2) window.scrollBy(0, grown);
  }

  leave() {
    this.growth.disconnect();
    this.nearBeginning.disconnect();
    window.removeEventListener('scroll', this.scrolled);
  }
}
