import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestAlias } from '../../../src/contract/aliases.ts';
import { readAliases, writeAliases } from '../../../src/main/core/services/alias-file.ts';

const known = { aliases: { '001122223333': 'Globex' }, listed: new Set(['001122223333', '444455556666']) };
const read = (text: string) => readAliases(text, known);
const only = (text: string) => {
  const { lines, problem } = read(text);
  expect(problem).toBeNull();
  expect(lines).toHaveLength(1);
  return lines[0];
};
const withHeader = (line: string) => `Buyer account,Alias\r\n${line}\r\n`;

describe('aliases as a file', () => {
  it('come back as they went, formulas, apostrophes and quotes included', () => {
    const alias = fc
      .oneof(
        fc.string({ maxLength: 20 }),
        fc
          .tuple(fc.constantFrom("'", "''", '', ' '), fc.constantFrom('=', '+', '-', '@'), fc.string())
          .map((parts) => parts.join('')),
      )
      .map((text) => text.replace(/\s+/g, ' ').trim().slice(0, longestAlias).trim())
      .filter((text) => text !== '' && !text.includes('\u0000'));
    fc.assert(
      fc.property(alias, fc.stringMatching(/^\d{12}$/), (name, accountId) => {
        const text = writeAliases([{ accountId, alias: name, contracts: 1, products: ['A; B'] }]);
        expect(only(text)).toMatchObject({ buyerAccountId: accountId, alias: name, problem: null });
      }),
    );
  });

  it('are disarmed where a spreadsheet would run them', () => {
    const text = writeAliases([
      { accountId: '001122223333', alias: '=HYPERLINK("x")', contracts: 2, products: [] },
    ]);
    expect(text).toContain(`0011-2222-3333,"'=HYPERLINK(""x"")"`);
  });

  it.each([
    ['commas', 'Buyer account,Alias\n444455556666,"Acme, Inc."\n', 'Acme, Inc.'],
    ['semicolons, as in much of Europe', 'Buyer account;Alias\r\n444455556666;Acme, Inc.\r\n', 'Acme, Inc.'],
    ['tabs', 'account\tname\n444455556666\tAcme\n', 'Acme'],
    ['no header', '444455556666,Acme\n', 'Acme'],
    ['another order and more columns', 'Alias,Sector,AWS account id\nAcme,tools,4444-5555-6666\n', 'Acme'],
    ['a byte order mark and blank lines', '\uFEFFBuyer account,Alias\n\n,\n444455556666,  Acme \n', 'Acme'],
  ])('are read with %s', (_, text, alias) => {
    expect(only(text)).toMatchObject({ buyerAccountId: '444455556666', alias, outcome: 'new' });
  });

  it.each([
    ['1122223333', '001122223333', true],
    ['="001122223333"', '001122223333', false],
    ["'001122223333", '001122223333', false],
    ['0011 2222 3333', '001122223333', false],
    ['444455556666.00', '444455556666', false],
  ])('read the account %s as %s', (text, accountId, zerosRestored) => {
    expect(only(withHeader(`${text},Other`))).toMatchObject({
      buyerAccountId: accountId,
      zerosRestored,
      problem: null,
    });
  });

  it.each([
    ['1.12222E+09', 'account-rounded'],
    ['"1,12222E+09"', 'account-rounded'],
    ['1234', 'account-not-an-id'],
    ['1234567890123', 'account-not-an-id'],
    ['Globex', 'account-not-an-id'],
    ['', 'account-missing'],
  ])('take the account %s for a problem: %s', (text, problem) => {
    expect(only(withHeader(`${text},Name`))).toMatchObject({
      buyerAccountId: null,
      outcome: 'problem',
      problem,
    });
  });

  it('tell what each line changes, in the line of the file', () => {
    const { lines } = read(
      [
        'Buyer account,Alias',
        '001122223333,Globex Robotics',
        '444455556666,Initech',
        '444455556666,Initrode',
        '444455556666,Initech',
        '001122223333,',
        `777788889999,${'x'.repeat(101)}`,
        '777788889999,Umbrella',
      ].join('\n'),
    );
    expect(lines.map(({ line, outcome, problem }) => [line, outcome, problem])).toEqual([
      [2, 'changed', null],
      [3, 'new', null],
      [4, 'problem', 'account-twice'],
      [5, 'new', null],
      [6, 'unnamed', null],
      [7, 'problem', 'alias-too-long'],
      [8, 'new', null],
    ]);
    expect(lines[0]).toMatchObject({ before: 'Globex', notInList: false });
    expect(lines[6]).toMatchObject({ before: null, notInList: true });
  });

  it.each([
    ['', 'empty'],
    ['Buyer account,Alias\n', 'empty'],
    ['Company,City\nAcme,Berlin\n', 'no-columns'],
  ] as const)('can’t be read of %o: %s', (text, problem) => {
    expect(read(text)).toEqual({ lines: [], problem });
  });
});
