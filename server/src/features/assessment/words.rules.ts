import type { Step } from '../handlingsplaner/index.js';
import type { Grade } from './assessment.model.js';

/** The colours, as people say them. */
export const COLOUR_WORD: Readonly<Record<Grade, string>> = { GREEN: 'grön', YELLOW: 'gul', RED: 'röd' };

const STEP_WORDS: Readonly<Record<Step, readonly [string, string]>> = {
  REQUESTED: ['begärd', 'begärda'],
  SUBMITTED: ['inlämnad', 'inlämnade'],
  APPROVED: ['godkänd', 'godkända'],
  REPORTED: ['rapporterad', 'rapporterade'],
  VERIFIED: ['verifierad', 'verifierade'],
  NOT_REMEDIED: ['kvarstående', 'kvarstående'],
};

/** "1 godkänd", "2 godkända". */
export const stepPhrase = (step: Step, count: number): string => `${count} ${STEP_WORDS[step][count === 1 ? 0 : 1]}`;

/** "1 brist", "3 brister". */
export const findingsPhrase = (count: number): string => `${count} ${count === 1 ? 'brist' : 'brister'}`;

/** "1 avtalsområde", "3 avtalsområden". */
export const areasPhrase = (count: number): string => `${count} ${count === 1 ? 'avtalsområde' : 'avtalsområden'}`;

const ORDINALS = ['', 'första', 'andra', 'tredje', 'fjärde', 'femte', 'sjätte', 'sjunde', 'åttonde', 'nionde', 'tionde'];

/** "femte"; figures past ten. */
export const ordinal = (number: number): string => ORDINALS[number] ?? `${number}:e`;
