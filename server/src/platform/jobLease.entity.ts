import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who runs a job now. One row per job; changing it is how a node takes the job from the others. */
@Entity('job_lease')
export class JobLeaseRow {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  name: string;
  /** The node that holds it, or held it last. */
  @Column({ type: 'varchar', length: 64 })
  holder: string;
  /** Held until then unless renewed. A node that dies stops renewing. */
  @Column({ name: 'held_until', type: 'datetime', precision: 3 })
  heldUntil: Date;
  /** The last tick somebody took: nodes tick together, and one of them runs. */
  @Column({ type: 'datetime', precision: 3 })
  tick: Date;
}
