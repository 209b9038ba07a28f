import { expect, test } from 'vitest'
import { RowNumberWatch } from '../../src/ledgers/row-numbers.ts'

function countsRows(cells: readonly string[]): boolean {
  const watch = new RowNumberWatch()
  for (const cell of cells) watch.see(cell)
  return watch.onlyCounts()
}

test.each([
  [['1', '2', '3']],
  [['001', '002', '003']],
  [["'1", '', '3', '4']],
  [['1.', '2.', '3.']],
  [['(1)', '(2)']],
  [['1']],
  [['1.0', '2.0', '3.0']],
  [['第1条', '第2条']],
  [['NO.1', 'No.2']],
  [['51', '52', '53']],
  [['101', '102', '103']],
  [['101', '102', '104', '105']],
  [['1001', '1002', '1003']],
  [Array.from({ length: 20 }, (_cell, n) => String(501 + n))],
])('%j counts rows', (cells) => {
  expect(countsRows(cells)).toBe(true)
})

test.each([
  [['YJ1', 'YJ2']],
  [['202206001', '202206002']],
  [['1', '2', 'YJ3']],
  [['20101', '20102', '20103']],
  [['51', '53', '57']],
  [Array.from({ length: 20 }, (_cell, n) => String(20_501 + n))],
  [['', '']],
])('%j are numbers of their own', (cells) => {
  expect(countsRows(cells)).toBe(false)
})
