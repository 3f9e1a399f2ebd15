/** Small schemas that several areas share. Everything that crosses to the page is plain JSON. */
import { z } from 'zod';

/** A UTC instant as ISO 8601 text that ends in `Z`, such as `2026-11-20T14:05:00Z`. */
export const instantSchema = z.iso.datetime({ offset: false });

/** Exact decimal text, never a binary float: `0.00025`, `-12`, `50.50`. */
export const decimalSchema = z.string().regex(/^-?\d{1,30}(\.\d{1,30})?$/);

/** An exact amount with its ISO 4217 currency code. */
export const moneySchema = z.strictObject({ amount: decimalSchema, currencyCode: z.string().min(1).max(8) });
export type Money = z.infer<typeof moneySchema>;

/** AWS's pattern of agreement ids: https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-agreements_DescribeAgreement.html */
export const agreementIdSchema = z.string().regex(/^[A-Za-z0-9_/-]{1,64}$/);

/** An AWS account id: text, because leading zeros count. */
export const accountIdSchema = z.string().regex(/^\d{1,255}$/);

/**
 * A licence ARN, no tighter than AWS's own documents are at one about it: they show several forms.
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-metering_UsageRecord.html
 */
export const licenseArnSchema = z
  .string()
  .max(2048)
  .regex(/^arn:aws[^\s]*:license-manager:[^\s]*license[^\s]*$/);

export const productIdSchema = z.string().min(1).max(255);

/** An IANA time zone name that this runtime knows, such as `Europe/Berlin`. */
export const timeZoneSchema = z
  .string()
  .min(1)
  .max(64)
  .refine(isKnownTimeZone, { error: 'unknown time zone' });

/** A BCP 47 locale that this runtime can parse, such as `de-DE`. */
export const localeSchema = z.string().min(1).max(64).refine(isKnownLocale, { error: 'unknown locale' });

function isKnownTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

function isKnownLocale(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}

export const noInputSchema = z.strictObject({});

/** Stable identifiers that the core makes: UUIDs. */
export const idSchema = z.uuid();
