// Prints the keys of the reference gateway's configuration, as its own schema has them: names alone, no text of it.
//
//   npm pack openclaw && tar xzf openclaw-*.tgz && (cd package && npm install --ignore-scripts --omit=dev --omit=optional)
//   node gateway-runtime/src/test/reference/keys.mjs package \
//     > gateway-runtime/src/main/resources/dev/portcullis/gateway/runtime/config/reference-schema-keys.txt
//
// ReferenceKeysTest says afterwards what of it is not accepted.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Sections whose keys are looked at one by one. */
const LOOKED_AT = ['gateway', 'tools', 'agents', 'session', 'plugins', 'logging'];

/** Sections that Portcullis reads leniently: nothing of them has to be known. Of all others the name is enough. */
const READ_LENIENTLY = ['channels', 'secrets', 'diagnostics'];

async function schema(folder) {
  for (const file of readdirSync(`${folder}/dist`).filter(name => /^zod-schema-.*\.mjs$/.test(name))) {
    for (const value of Object.values(await import(`${folder}/dist/${file}`))) {
      if (value?.toJSONSchema && value.shape?.gateway && value.shape?.agents) {
        return value.toJSONSchema({ io: 'input', unrepresentable: 'any' });
      }
    }
  }
  throw new Error(`No schema of a whole configuration is in ${folder}/dist`);
}

/** Paths below which every object is known; a list is one key, and so is what may be no object. */
function paths(node, path) {
  const alternatives = node.anyOf ?? node.oneOf ?? [node];
  if (alternatives.length > 1) {
    return alternatives.every(one => one.properties || one.additionalProperties || one.anyOf)
      ? alternatives.flatMap(one => paths(one, path))
      : [path];
  }
  const named = Object.entries(node.properties ?? {}).flatMap(([key, value]) => paths(value, [...path, key]));
  const more = node.additionalProperties;
  const others = more === true || (more && Object.keys(more).length === 0)
    ? [[...path, '*']]
    : more ? paths(more, [...path, '*']) : [];
  const all = [...(node.allOf ?? []).flatMap(one => paths(one, path)), ...named, ...others];
  return all.length ? all : [path];
}

const folder = resolve(process.argv[2]);
const { version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
const root = await schema(folder);
const keys = Object.entries(root.properties)
  .filter(([name]) => !READ_LENIENTLY.includes(name))
  .flatMap(([name, node]) => LOOKED_AT.includes(name) ? paths(node, [name]) : [[name]]);
console.log(`# Keys of the reference gateway's configuration, version ${version}. Made by src/test/reference/keys.mjs: do not edit.`);
[...new Set(keys.map(path => path.join('.')))].sort().forEach(key => console.log(key));
