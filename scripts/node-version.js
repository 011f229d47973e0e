// Runs on a Node of any age, before anything that needs the pinned one.
var version = process.versions.node.split(".").map(Number);
if (version[0] < 24) {
  process.stderr.write(
    "This is Node " +
      process.versions.node +
      ", and development needs 24. The npm package node brings it: run npm ci without --ignore-scripts, and start things by npm run or npx.\n",
  );
  process.exit(2);
}
