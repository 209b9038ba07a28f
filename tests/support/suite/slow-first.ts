import { BaseSequencer, type TestSpecification } from 'vitest/node'

const ORDER = ['system', 'database', 'mocked', 'unit']

/** The longest files begin first, so that no worker is left alone with one at the end. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rank = ({ project }: TestSpecification) => ORDER.indexOf(project.name)
    return sorted.sort((a, b) => rank(a) - rank(b))
  }
}
