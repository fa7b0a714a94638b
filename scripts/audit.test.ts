import { expect, it } from 'vitest';
import { auditVerdict } from './audit.ts';

it('is content where nothing is known of any dependency', () => {
  expect(auditVerdict({ auditReportVersion: 2, vulnerabilities: {} })).toMatchObject({ exit: 0 });
});

it('fails for an advisory, and names what it is about', () => {
  const verdict = auditVerdict({ vulnerabilities: { 'left-pad': { severity: 'high' }, other: null } });
  expect(verdict.exit).toBe(1);
  expect(verdict.says).toMatch(/left-pad: high\nother: of unknown severity$/);
});

it('says that nothing was checked where the registry answers no audits, and fails where anything else is wrong', () => {
  const refused = auditVerdict({ statusCode: 405, message: '405 Method Not Allowed' });
  expect(refused).toEqual({ exit: 0, says: expect.stringContaining('NOT CHECKED') as string });
  expect(auditVerdict({ statusCode: 500, message: 'oops' })).toMatchObject({ exit: 1, says: 'npm audit failed: oops' });
  for (const nonsense of [null, [], 'text', {}]) expect(auditVerdict(nonsense).exit).toBe(1);
});
