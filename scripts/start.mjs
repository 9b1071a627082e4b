// `npm start`: everything a fresh clone needs, then the product. Demo mode unless DEMO=0 or PUBLIC_URL is set:
// example data, no passwords, loopback only.
import { ensureBuilt, ensureInstalled } from './ensure.mjs';
import { become, runtime, server } from './project.mjs';

ensureInstalled();
ensureBuilt();
become(runtime, ['--disable-warning=ExperimentalWarning', server, 'serve'], {
  DEMO: process.env.DEMO ?? (process.env.PUBLIC_URL ? '0' : '1'),
});
