// The entry. Nothing of the product is imported before we know that the runtime can carry it: an old Node would die on a missing module.
if (Number(process.versions.node.split('.')[0]) < 26) {
  console.error(`Samsyn needs Node 26; this is ${process.versions.node}. Start it with npm start, which brings its own.`);
  process.exit(1);
}
const { runCommand } = await import('./commands.js');
process.exit(await runCommand(process.argv.slice(2)));

export {};
