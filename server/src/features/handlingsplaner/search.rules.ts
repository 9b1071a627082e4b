const MAX_SEARCH_CHARACTERS = 200;
const MAX_WORDS = 8;

/** Text as search compares it: lower case, composed characters. */
const folded = (text: string): string => text.normalize('NFC').toLocaleLowerCase('sv');

/** What a plan is found by, from the words its finding had when the plan was demanded. */
export const searchTextOf = (texts: readonly string[]): string => folded(texts.join('\n'));

/** The words of what somebody typed in a search field; what goes beyond the limits is left out. */
export const searchWords = (typed: string): string[] =>
  folded(typed.slice(0, MAX_SEARCH_CHARACTERS))
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);
