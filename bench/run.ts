const BENCHES = [
  'burst',
  'dry-run',
  'engine',
  'http',
  'import',
  'list',
  'pages',
  'rehearse',
  'scale',
] as const

const [name, ...args] = process.argv.slice(2)
if (!BENCHES.some((bench) => bench === name)) {
  console.error(`npm run bench -- ${BENCHES.join(' | ')}`)
  process.exit(1)
}
const { bench } = (await import(`./${name}.ts`)) as { bench: (args: string[]) => Promise<void> }
await bench(args)
process.exit(0)
