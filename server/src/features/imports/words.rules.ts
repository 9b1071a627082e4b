import type { Category, Source } from '../contracts/index.js';
import type { FindingKind } from '../findings/index.js';
import type { Grade } from '../assessment/index.js';

/** The words of the files, with what they mean here. Swedish ones are taken too: people write files by hand. */
export const GRADES: Readonly<Record<string, Grade>> = {
  green: 'GREEN',
  yellow: 'YELLOW',
  red: 'RED',
  grön: 'GREEN',
  gul: 'YELLOW',
  röd: 'RED',
};

export const CATEGORIES: Readonly<Record<string, Category>> = { A: 'A', B: 'B', C: 'C', D: 'D' };

export const SOURCES: Readonly<Record<string, Source>> = { stated: 'STATED', assumed: 'ASSUMED' };

export const LAWS: Readonly<Record<string, string>> = { SoL: 'SoL', LSS: 'LSS', HSL: 'HSL' };

export const CONTRACT_FORMS: Readonly<Record<string, string>> = {
  LOV: 'LOV',
  LOU: 'LOU',
  ramavtal: 'ramavtal',
  direct: 'direct',
  'egen regi': 'egen regi',
};

export const KINDS: Readonly<Record<string, FindingKind>> = {
  brist: 'BRIST',
  avvikelse: 'AVVIKELSE',
  förtydligande: 'FORTYDLIGANDE',
  'begäran om förtydligande': 'FORTYDLIGANDE',
  utvecklingsområde: 'UTVECKLINGSOMRADE',
};

const same = (...words: string[]): Readonly<Record<string, string>> => Object.fromEntries(words.map((word) => [word, word]));

export const FOCUS_AREAS = same(
  'ledning och styrning',
  'systematiskt kvalitetsarbete',
  'verksamhet och arbetssätt',
  'service och bemötande (värdegrund)',
  'medarbetare',
  'hälso- och sjukvård',
  'dokumentation',
  'fokus på brukare och patient',
  'samverkan',
  'ekonomi och resursanvändning',
);

/** What a source says of a plan. */
export const PLAN_WORDS = same('begärd', 'under framtagande', 'inkommen', 'upprättad');

/** Counts, by service area or `all`. */
export const COUNT_FIGURES = ['contract_areas', 'contract_areas_named', 'green', 'yellow', 'red', 'plans_drawn_up'] as const;
export const DATE_FIGURES = ['decided', 'first_report', 'plan_follow_up'] as const;
