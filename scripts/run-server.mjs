// Runs one of the server's own commands on the pinned runtime: admin, import, print-schema, generate-migration.
import { ensureBuilt, ensureInstalled } from './ensure.mjs';
import { become, runtime, server } from './project.mjs';

ensureInstalled();
ensureBuilt({ web: false });
become(runtime, ['--disable-warning=ExperimentalWarning', server, ...process.argv.slice(2)]);
