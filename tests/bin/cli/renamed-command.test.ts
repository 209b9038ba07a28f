import { expect, it } from 'vitest'
import { renamedCommand } from '../../../src/bin/cli/renamed-command.ts'

it('a command under its former name does nothing and says the new one', async () => {
  const command = renamedCommand('key', 'api-key')
  await expect(command.parseAsync(['list', '--json'], { from: 'user' })).rejects.toThrow(
    '命令 key 已改名为 api-key',
  )
})
