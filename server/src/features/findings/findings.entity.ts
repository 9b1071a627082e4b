import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Source } from '../contracts/index.js';
import type { FindingKind } from './findings.model.js';

/** A requirement from the contract. */
@Entity('krav')
@Index('ux_krav_text', ['contractAreaId', 'textHash'], { unique: true })
export class KravRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  contractAreaId: string;
  /** SHA-256 of law, focus area and text: long texts can't be a unique key. */
  @Column({ type: 'varchar', length: 64 })
  textHash: string;
  @Column({ type: 'mediumtext' })
  text: string;
  @Column({ type: 'varchar', length: 30, nullable: true })
  law: string | null;
  @Column({ type: 'varchar', length: 80 })
  focusArea: string;
}

@Entity('finding')
@Index('ux_finding_key', ['huvudmanId', 'year', 'key'], { unique: true })
@Index('ix_finding_area', ['contractAreaId', 'year'])
@Index('ix_finding_provider', ['providerId'])
export class FindingRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  huvudmanId: string;
  @Column({ type: 'int' })
  year: number;
  @Column({ type: 'varchar', length: 80 })
  key: string;
  /** Order in the source. */
  @Column({ type: 'int' })
  position: number;
  @Column({ type: 'varchar', length: 32 })
  contractAreaId: string;
  @Column({ type: 'varchar', length: 32 })
  providerId: string;
  @Column({ type: 'boolean' })
  providerAssumed: boolean;
  @Column({ type: 'varchar', length: 32 })
  kravId: string;
  @Column({ type: 'varchar', length: 20 })
  kind: FindingKind;
  @Column({ type: 'mediumtext' })
  observation: string;
  @Column({ type: 'varchar', length: 80 })
  planInSource: string;
  @Column({ type: 'varchar', length: 10 })
  planSource: Source;
}

export const findingsEntities = [KravRow, FindingRow] as const;
