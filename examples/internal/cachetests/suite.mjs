// Prints what a copy of http-cache-tests knows of its tests and of published
// results, as JSON. Its first argument is the folder of the suite.
import fs from 'fs'
import path from 'path'
import { pathToFileURL } from 'url'

const dir = process.argv[2]
const load = async file => (await import(pathToFileURL(path.join(dir, file)))).default
const tests = []
for (const group of await load('tests/index.mjs')) {
  for (const test of group.tests) {
    if (test.browser_only !== true) tests.push({ id: test.id, kind: test.kind || 'required' })
  }
}
const published = []
for (const cache of await load('results/index.mjs')) {
  const results = JSON.parse(fs.readFileSync(path.join(dir, 'results', cache.file)))
  published.push({ name: cache.name, version: cache.version || '', browser: cache.type === 'browser', results })
}
process.stdout.write(JSON.stringify({ tests, published }))
