/** Of licences and of contracts that a person adds. */
import type { AppError } from '../../../../contract/errors.ts';
import { type ErrorWords, failure, type Words } from './presented-error.ts';

export const contractErrors: ErrorWords<'licence-refused' | 'not-addable'> = {
  'licence-refused': (error) => failure(licenceRefused(error)),
  'not-addable': (error) => failure(notAddable(error), { severity: 'warning' }),
};

function licenceRefused({ cause, agreementId }: Extract<AppError, { kind: 'licence-refused' }>): Words {
  const other = agreementId ?? 'another contract';
  switch (cause) {
    case 'not-an-arn':
      return [
        'This is not a licence ARN',
        'A licence ARN begins with arn:aws and has license-manager and license in it.',
        'Copy the whole ARN, from arn: to its last character.',
      ];
    case 'not-found':
      return [
        'AWS finds no contract of yours with this licence',
        'AWS was asked for it among everything that this seller account sold. A licence that was issued minutes ago may not be found yet.',
        'Compare the ARN with where it comes from, letter by letter, or try again in a few minutes.',
      ];
    case 'other-contract':
      return [
        'This licence belongs to another contract',
        `AWS has it on ${other}.`,
        'Open that contract to report its usage, or enter the licence of this one.',
      ];
    case 'other-buyer':
      return [
        'This licence belongs to another buyer',
        `AWS has it on ${other}. Usage on it would be billed to someone else.`,
        'Compare the ARN with where it comes from.',
      ];
  }
}

function notAddable({ cause, agreementId }: Extract<AppError, { kind: 'not-addable' }>): Words {
  switch (cause) {
    case 'in-the-list':
      return [
        'AWS lists this contract already',
        `It is ${agreementId ?? 'among your contracts'}, with everything that AWS knows of it.`,
        'Open it from the list.',
      ];
    case 'already-added':
      return [
        'A contract with this licence was added before',
        'One licence is one contract: a second would be the same one twice.',
        'Open it from the list.',
      ];
    case 'other-buyer':
      return [
        'This licence belongs to another account',
        'AWS knows what was bought with it, and by another account than the one entered.',
        'Compare licence ARN and account with where they come from.',
      ];
    case 'product-unknown':
      return [
        'AWS’s catalog doesn’t show this product',
        'It is not a product of this seller account, or the role may not read it.',
        'Compare the product id, or sign in to the account that published the product.',
      ];
    case 'product-not-saas':
      return [
        'Usage of this product isn’t reported by hand',
        'It is no SaaS product: its software or AWS reports what was used.',
        'Choose a SaaS product.',
      ];
    case 'nothing-metered':
      return [
        'This product has no metered dimension',
        'Nothing of it is billed by usage, so there is nothing to report.',
        'Choose another product.',
      ];
  }
}
