import type { ContractAreaYear, Provider, Source } from '../contracts/index.js';

export type FindingKind = 'BRIST' | 'AVVIKELSE' | 'FORTYDLIGANDE' | 'UTVECKLINGSOMRADE';

/** What was found, against which krav. Belongs to one huvudman, area and provider, for one year. */
export interface Finding {
  readonly id: string;
  readonly huvudmanId: string;
  readonly year: number;
  /** The source's own key, unique within huvudman and year. */
  readonly key: string;
  readonly kind: FindingKind;
  readonly contractAreaId: string;
  readonly providerId: string;
  /** True: the source doesn't say whose it is; given to "utförare 1" of the area. */
  readonly providerAssumed: boolean;
  readonly observation: string;
  readonly kravId: string;
  readonly krav: string;
  /** SoL, LSS, HSL, or several ("SoL och HSL"); null: the source names none. */
  readonly law: string | null;
  readonly focusArea: string;
  /** The source's word for the plan's state, e.g. "under framtagande"; may be empty. */
  readonly planInSource: string;
  /** ASSUMED: the source names no plan, the general rule demands one. */
  readonly planSource: Source;
}

/** A finding with what a screen shows beside it. */
export interface FindingView extends Finding {
  readonly contractArea: ContractAreaYear;
  readonly provider: Provider;
}

/** A finding as a file states it. */
export interface FindingFacts {
  readonly contractAreaKey: string;
  readonly kind: FindingKind;
  readonly law: string | null;
  readonly focusArea: string;
  readonly krav: string;
  readonly observation: string;
  readonly planInSource: string;
  readonly planSource: Source;
  /** null: the file doesn't say. */
  readonly providerName: string | null;
}
