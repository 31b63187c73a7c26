/**
 * A message goes on the plan, and off again.
 */

/** On a message page: put it on the plan, or take it off. */
class GuideFollow extends Connected {
  /** @param {AbortSignal} signal */
  connected(signal) {
    this.button = makeButton("", () => this.toggle());
    this.replaceChildren(this.button);
    this.hidden = false;
    super.connected(signal);
  }

  show() {
    if (this.button) this.button.textContent = t(store.follows(this.message) ? "unfollow" : "follow");
  }

  get message() {
    return this.dataset.message ?? "";
  }

  toggle() {
    const follows = store.follows(this.message);
    if (follows) store.unfollow(this.message);
    else store.follow(this.message);
    say(t(follows ? "unfollowed" : "followed"));
  }
}

define("guide-follow", GuideFollow);
