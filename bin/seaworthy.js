#!/usr/bin/env node
// Kept to what a Node of any age can read, so that one that is too old gets one clear line.
var version = process.versions.node.split(".").map(Number);
if (version[0] < 22 || (version[0] === 22 && version[1] < 19)) {
  process.stderr.write("seaworthy needs Node 22.19 or newer; this is Node " + process.versions.node + ".\n");
  process.exit(2);
} else {
  import("node:module").then(function (module) {
    module.enableCompileCache();
    return import("../dist/main.js");
  });
}
