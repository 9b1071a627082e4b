import { Database } from './platform/database.js';
import { systemClock, type Clock } from './platform/clock.js';
import { Events } from './platform/events.js';
import { Jobs, jobsEntities } from './platform/jobs.js';
import { createLog, type Logger } from './platform/log.js';
import { LocalTopics, RedisTopics, type Topics } from './platform/topics.js';
import { loadConfig, sqlitePath, type Config } from './config.js';
import { accountsEntities, createAccounts } from './features/accounts/index.js';
import { assessmentEntities, createAssessment } from './features/assessment/index.js';
import { auditEntities, createAudit } from './features/audit/index.js';
import { collaborationEntities, createCollaboration } from './features/collaboration/index.js';
import { commentsEntities, createComments } from './features/comments/index.js';
import { contractsEntities, createContracts } from './features/contracts/index.js';
import { createEvidence, evidenceEntities } from './features/evidence/index.js';
import { createFindings, findingsEntities } from './features/findings/index.js';
import {
  createHandlingsplaner,
  handlingsplanerEntities,
  planDocumentAccess,
  planEvidenceAccess,
  planRecords,
} from './features/handlingsplaner/index.js';
import { createNotifications, notificationsEntities } from './features/notifications/index.js';
import { createImports } from './features/imports/index.js';
import { seedDemo } from './demo/seed.js';
import { migrations } from './migrations/index.js';
import { formatErrors } from './transport/errors.js';
import { FanOut, meteredFanOut } from './transport/fanOut.js';
import { CalendarEndpoint } from './transport/calendar.js';
import { FilesEndpoint } from './transport/files.js';
import { GraphqlEndpoint } from './transport/graphql.js';
import { GraphqlSocket } from './transport/graphqlSocket.js';
import { GraphqlSse } from './transport/graphqlSse.js';
import { HttpServer } from './transport/http.js';
import { Operations } from './transport/operations.js';
import { buildGraphqlSchema, printContract } from './transport/schema.js';
import { loadWeb } from './transport/web.js';

/** Every table of the product. */
export const entities = [
  ...accountsEntities,
  ...auditEntities,
  ...contractsEntities,
  ...findingsEntities,
  ...collaborationEntities,
  ...handlingsplanerEntities,
  ...commentsEntities,
  ...assessmentEntities,
  ...evidenceEntities,
  ...notificationsEntities,
  ...jobsEntities,
] as (new () => object)[];

interface Surroundings {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly topics: Topics;
  /** Where people reach us; asked when needed, since the port may be the system's choice. */
  readonly publicUrl: () => string;
}

/** What every other feature stands on. */
function wireGround(config: Config, { db, clock, topics, publicUrl }: Surroundings) {
  const audit = createAudit({ db, clock });
  const contracts = createContracts({ db });
  const findings = createFindings({ db, contracts: contracts.service });
  const accounts = createAccounts({ db, clock, topics, config, publicUrl, record: audit.service, organisations: contracts.service });
  return { audit, contracts, findings, accounts, events: new Events(), plans: planRecords(db) };
}
type Ground = ReturnType<typeof wireGround>;

/** Plans, and what is written, said and handed in about them. */
function wirePlans(config: Config, { db, clock, log, topics }: Surroundings, { events, audit, contracts, findings }: Ground) {
  const accessLog = audit.accessLog;
  const collaboration = createCollaboration({ db, clock, topics, log, access: planDocumentAccess(db, accessLog) });
  const evidence = createEvidence({ db, clock, log, config, audit: audit.service, plans: planEvidenceAccess({ db, clock, topics }) });
  const handlingsplaner = createHandlingsplaner({
    ...{ db, clock, events, topics, accessLog },
    audit: audit.service,
    contracts: contracts.service,
    findings: findings.service,
    collaboration: collaboration.service,
    evidence: evidence.service,
  });
  const comments = createComments({
    ...{ db, clock, topics, accessLog },
    plans: handlingsplaner.service,
    collaboration: collaboration.service,
  });
  return { collaboration, evidence, handlingsplaner, comments };
}

/** Makes every feature and tells each what it needs of the others. Nothing else constructs a service. */
function wire(config: Config, surroundings: Surroundings) {
  const { db, clock, log, topics, publicUrl } = surroundings;
  const ground = wireGround(config, surroundings);
  const planned = wirePlans(config, surroundings, ground);
  const { events, plans } = ground;
  const [audit, contracts, findings] = [ground.audit.service, ground.contracts.service, ground.findings.service];
  const assessment = createAssessment({
    ...{ db, clock, topics, events, contracts, findings, audit },
    plans: planned.handlingsplaner.service,
  });
  const accounts = ground.accounts.service;
  const notifications = createNotifications({ db, clock, log, topics, events, config, plans, publicUrl, accounts, contracts, findings });
  const imports = createImports({ db, contracts, findings, gradeBook: assessment.gradeBook, audit });
  const { events: _events, plans: _plans, ...grounded } = ground;
  const all = [...Object.values(grounded), ...Object.values(planned), assessment, notifications, imports];
  return { ...ground, ...planned, assessment, notifications, imports, resolvers: all.flatMap((feature) => feature.resolvers) };
}

/** The features over a database: what the commands work with, and what `Samsyn` serves. */
export async function compose(config: Config, publicUrl: () => string = () => config.publicUrl || `http://127.0.0.1:${config.port}`) {
  const log = createLog(config.logLevel, config.nodeName);
  const db = await Database.open({ url: config.databaseUrl, sqlitePath: sqlitePath(config), entities, migrations });
  const topics: Topics = config.redisUrl === '' ? new LocalTopics() : new RedisTopics(config.redisUrl, config.nodeName, log);
  const features = wire(config, { db, clock: systemClock, log, topics, publicUrl });
  const jobs = new Jobs({ db, clock: systemClock, log, node: config.nodeName });
  jobs.add(...features.notifications.jobs, ...features.evidence.jobs);
  if (config.demo) await seedDemo({ db, clock: systemClock, ...features });
  return {
    db,
    log,
    topics,
    /** Ticks once started: a command starts none. */
    jobs,
    ...features,
    /** Ends what the features have open, last the database. */
    close: async () => {
      await jobs.close();
      await features.collaboration.service.close();
      await features.audit.accessLog.flush();
      await topics.close();
      await db.close();
    },
  };
}

/** The contract as the server's code has it; needs no database. */
export async function printedContract(): Promise<string> {
  const nothing = {} as Surroundings;
  return printContract(await buildGraphqlSchema(wire(loadConfig({}), nothing).resolvers));
}

/** The running product on one port. */
export class Samsyn {
  private constructor(
    private readonly http: HttpServer,
    private readonly endpoint: GraphqlEndpoint,
    private readonly parts: Awaited<ReturnType<typeof compose>>,
    readonly address: string,
  ) {}

  /** @throws the system's error when the port is taken or the database away */
  static async start(config: Config): Promise<Samsyn> {
    let address = config.publicUrl;
    const parts = await compose(config, () => address);
    try {
      const schema = await buildGraphqlSchema(parts.resolvers);
      const accounts = parts.accounts.service;
      const endpoint = new GraphqlEndpoint(schema, config.maxBodyBytes, config.demo, parts.log);
      await endpoint.start();
      const actorOf = (token: string | null) => accounts.actorOf(token);
      const http = new HttpServer({
        config,
        log: parts.log,
        graphql: endpoint,
        files: new FilesEndpoint(parts.evidence.service),
        calendar: new CalendarEndpoint(parts.notifications.calendar),
        web: await loadWeb(),
        actorOf,
        ready: () => parts.db.ping(),
      });
      const live = {
        schema,
        operations: new Operations(schema),
        fanOut: new FanOut((result) => formatErrors(result, parts.log), meteredFanOut()),
        topics: parts.topics,
        log: parts.log,
        actorOf,
      };
      http.attach(
        new GraphqlSocket({
          ...live,
          maxMessageBytes: config.maxSocketMessageBytes,
          identify: (request) => http.identify(request),
          contextFor: (actor, token, request) => http.contextFor(actor, token, request, null),
        }),
        new GraphqlSse({ ...live, maxBodyBytes: config.maxSocketMessageBytes }),
      );
      await http.listen();
      address ||= `http://127.0.0.1:${http.port}`;
      parts.jobs.start();
      return new Samsyn(http, endpoint, parts, address);
    } catch (error) {
      await parts.close();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.http.drain();
    await this.endpoint.stop();
    await this.parts.close();
  }
}
