// What search.js finds in the worker that loads it: lunr 2.3, which Material brings along, and a worker's importScripts.
declare function importScripts(...urls: string[]): void;
declare namespace lunr {
  class Token {
    constructor(text: string);
  }
  function stemmer(token: Token): Token;
  function stopWordFilter(word: string): string | undefined;
}

// What Material brings along: tells of every page, also of those that take the place of another without a reload.
declare const document$: { subscribe(told: () => void): void } | undefined;
