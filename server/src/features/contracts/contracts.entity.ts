import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Category, MetStep, PlanWord, Source } from './contracts.model.js';

@Entity('huvudman')
@Index('ux_huvudman_key', ['key'], { unique: true })
export class HuvudmanRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 40 })
  key: string;
  @Column({ type: 'varchar', length: 200 })
  name: string;
  @Column({ type: 'varchar', length: 60 })
  shortName: string;
  @Column({ type: 'varchar', length: 40 })
  planWord: PlanWord;
  @Column({ type: 'varchar', length: 20 })
  metStep: MetStep;
  @Column({ type: 'varchar', length: 60 })
  boardName: string;
  @Column({ type: 'varchar', length: 20 })
  diaryPrefix: string;
  @Column({ type: 'int', default: 6 })
  durabilityMonths: number;
  @Column({ type: 'int', default: 14 })
  reviewReminderDays: number;
  /** LadderTemplate[] as JSON. null: the usual ones. */
  @Column({ type: 'mediumtext', nullable: true })
  ladders: string | null;
}

@Entity('contract_area')
@Index('ux_contract_area_key', ['huvudmanId', 'key'], { unique: true })
export class ContractAreaRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  huvudmanId: string;
  @Column({ type: 'varchar', length: 80 })
  key: string;
}

/** What a contract area was called and how it was placed that year: an old year reads as it did then. */
@Entity('contract_area_year')
@Index('ux_contract_area_year', ['contractAreaId', 'year'], { unique: true })
@Index('ix_contract_area_year_huvudman', ['huvudmanId', 'year'])
export class ContractAreaYearRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  huvudmanId: string;
  @Column({ type: 'varchar', length: 32 })
  contractAreaId: string;
  @Column({ type: 'int' })
  year: number;
  /** Order in the source; new areas come last. */
  @Column({ type: 'int' })
  position: number;
  @Column({ type: 'varchar', length: 300 })
  name: string;
  @Column({ type: 'int' })
  serviceArea: number;
  @Column({ type: 'varchar', length: 10 })
  serviceAreaSource: Source;
  @Column({ type: 'varchar', length: 1, nullable: true })
  category: Category | null;
  /** JSON list. */
  @Column({ type: 'varchar', length: 200 })
  laws: string;
  /** JSON list. */
  @Column({ type: 'varchar', length: 200 })
  contractForms: string;
  @Column({ type: 'int', nullable: true })
  providerCount: number | null;
  @Column({ type: 'int', nullable: true })
  unitCount: number | null;
}

/** One provider, whoever it has contracts with. */
@Entity('provider')
@Index('ux_provider_name', ['name'], { unique: true })
export class ProviderRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 200 })
  name: string;
}

@Entity('unit')
@Index('ux_unit_name', ['providerId', 'name'], { unique: true })
export class UnitRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  providerId: string;
  @Column({ type: 'varchar', length: 200 })
  name: string;
}

@Entity('contract')
@Index('ux_contract_area_provider', ['contractAreaId', 'providerId'], { unique: true })
@Index('ix_contract_provider', ['providerId'])
@Index('ix_contract_huvudman', ['huvudmanId'])
export class ContractRow {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;
  @Column({ type: 'varchar', length: 32 })
  huvudmanId: string;
  @Column({ type: 'varchar', length: 32 })
  contractAreaId: string;
  @Column({ type: 'varchar', length: 32 })
  providerId: string;
  /** Order among the area's providers: "utförare 1" is the first. */
  @Column({ type: 'int' })
  position: number;
  @Column({ type: 'varchar', length: 40 })
  form: string;
}

export const contractsEntities = [HuvudmanRow, ContractAreaRow, ContractAreaYearRow, ProviderRow, UnitRow, ContractRow] as const;
