import { collectDefaultMetrics, Registry } from 'prom-client'

/** Where the API counts, with what this process uses of memory and processor: measured for as long as the process lives. */
export function processMetrics(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}
