import { commandContext, createCommandBus, createEffectRunner, createSandboxGateway, createUuidV7Ids, parseOrganizationId, silentLogger, systemClock } from '@paystrata/application';
import { createMemoryCqsStrategy } from '@paystrata/infra-inmemory';
const cpu = () => { const u = process.cpuUsage(); return (u.user+u.system)/1e6; };
const clock = systemClock, ids = createUuidV7Ids(clock);
const strategy = createMemoryCqsStrategy({ clock, ids }); await strategy.start();
const effects = createEffectRunner({ strategy, clock, gateway: createSandboxGateway(), logger: silentLogger });
const commands = createCommandBus({ strategy, effects, ids, clock, maxAmount: 10n ** 12n });
const organizationId = parseOrganizationId('bench')!;
const N = 50000, what = process.argv[2];
for (let round = 0; round < 4; round++) {
  const made: any[] = []; let a = cpu(), w = performance.now();
  for (let n = 0; n < N; n++) { const r: any = await commands.execute({ type: 'CreatePayment', amount: 100 + n, currency: 'EUR', description: `bill ${n}`, customer: { name: 'Ada' } }, commandContext({ organizationId, actor: 'bench' }, ids)); made.push(r.receipt.paymentId); }
  console.log('create/cpu-s', Math.round(N/(cpu()-a)), 'wall', Math.round(N/((performance.now()-w)/1000)));
  if (what === 'create') continue;
  a = cpu(); w = performance.now();
  for (const paymentId of made) await commands.execute({ type: 'ProcessPayment', paymentId, method: 'test_approve' }, commandContext({ organizationId, actor: 'bench' }, ids));
  console.log('process/cpu-s', Math.round(N/(cpu()-a)), 'wall', Math.round(N/((performance.now()-w)/1000)));
}
