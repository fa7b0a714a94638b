// ISO 4217: the currencies in circulation and the number of decimals of each.

import type { Brand } from '../ids/brand.ts';

/** An alphabetic ISO 4217 code of a currency in circulation: no metals, no funds codes, no test codes. */
export type Currency = Brand<string, 'Currency'>;

const zeroDecimals = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF';
const twoDecimals = `
  AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE
  CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR
  KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB
  PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY
  TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`;
const threeDecimals = 'BHD IQD JOD KWD LYD OMR TND';

const table: ReadonlyMap<string, number> = new Map(
  [zeroDecimals, '', twoDecimals, threeDecimals].flatMap((codes, decimals) =>
    codes
      .split(/\s+/)
      .filter((code) => code !== '')
      .map((code): [string, number] => [code, decimals]),
  ),
);

/**
 * Every currency we know, by code. The decimals are those of ISO 4217 (list one, as of January 2026), never those of
 * `Intl`, which gives fewer for sixteen currencies that are still traded with their minor unit.
 */
export const currencies: readonly Currency[] = Object.freeze([...table.keys()].sort() as Currency[]);

/** @returns the currency, or undefined where the code is not one in circulation. Codes are upper case. */
export function parseCurrency(code: string): Currency | undefined {
  return table.has(code) ? (code as Currency) : undefined;
}

/** How many decimals the minor unit stands for: 0, 2 or 3. */
export function decimalsOf(currency: Currency): number {
  const decimals = table.get(currency);
  if (decimals === undefined) throw new RangeError(`not a currency in circulation: ${currency}`);
  return decimals;
}
