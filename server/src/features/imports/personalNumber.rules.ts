/** Ten or twelve digits with or without a separator, not part of a longer number. */
const CANDIDATE = /(?<!\d)(?:18|19|20)?(\d{2})(\d{2})(\d{2})[-+ ]?(\d{4})(?!\d)/g;
/** Samordningsnummer add this to the day. */
const COORDINATION_DAYS = 60;

/** True when the text holds what looks like a Swedish personal identity number: a possible date and a right check digit. */
export function hasPersonalNumber(text: string): boolean {
  return [...text.matchAll(CANDIDATE)].some(([, year = '', month = '', day = '', last = '']) => {
    const dayOfMonth = Number(day) > COORDINATION_DAYS ? Number(day) - COORDINATION_DAYS : Number(day);
    const possible = Number(month) >= 1 && Number(month) <= 12 && dayOfMonth >= 1 && dayOfMonth <= 31;
    return possible && checks(year + month + day + last);
  });
}

/** The Luhn check over ten digits. */
function checks(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, at) => {
    const weighted = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return sum % 10 === 0;
}
