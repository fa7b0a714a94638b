// Bars over time. Every bar leads to the payments behind it, and a table says the same in numbers.

import { scaleBand, scaleLinear } from 'd3-scale';
import { useId } from 'preact/hooks';

interface Bar {
  readonly label: string;
  readonly value: number;
  /** As people read it. */
  readonly text: string;
  readonly href: string;
}

interface BarChartProps {
  readonly title: string;
  readonly unit: string;
  readonly bars: readonly Bar[];
  /** The value of a tick as people read it. */
  readonly tick: (value: number) => string;
}

/** Room for the longest label. */
const LABEL = 64;
const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [1000, 200, 96, 24, 8];

export function BarChart({ title, unit, bars, tick }: BarChartProps) {
  const heading = useId();
  const x = scaleBand(
    bars.map((_, index) => index),
    [LEFT, WIDTH],
  ).padding(0.2);
  const thick = Math.min(x.bandwidth(), 48);
  const left = (index: number) => (x(index) ?? LEFT) + (x.bandwidth() - thick) / 2;
  const y = scaleLinear([0, Math.max(1, ...bars.map(({ value }) => value))], [HEIGHT - BOTTOM, TOP]).nice(4);
  const everyOther = Math.ceil(bars.length / 8);
  return (
    <figure class="chart" aria-labelledby={heading}>
      <figcaption id={heading}>
        {title} <span class="quiet">{unit}</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-labelledby={heading}>
        {y.ticks(4).map((value) => (
          <g class="grid" aria-hidden="true">
            <line x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} />
            <text x={LEFT - 6} y={y(value) + 4} text-anchor="end">
              {tick(value)}
            </text>
          </g>
        ))}
        {bars.map(({ label, value, text, href }, index) => (
          <a href={href} aria-label={`${label}: ${text}`}>
            <rect class="hit" x={x(index)} width={x.bandwidth()} y={TOP} height={HEIGHT - BOTTOM - TOP} />
            <rect class="bar" x={left(index)} width={thick} y={y(value)} height={y(0) - y(value)} />
            <title>{`${label}: ${text}`}</title>
          </a>
        ))}
        {bars.map(({ label }, index) =>
          index % everyOther === 0 && left(index) < WIDTH - LABEL ? (
            <text class="label" aria-hidden="true" x={left(index)} y={HEIGHT - 8}>
              {label}
            </text>
          ) : null,
        )}
      </svg>
      <BarTable unit={unit} bars={bars} />
    </figure>
  );
}

function BarTable({ unit, bars }: Pick<BarChartProps, 'unit' | 'bars'>) {
  return (
    <details>
      <summary>As a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col" class="number">
              {unit}
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ label, text, href }) => (
            <tr>
              <td>
                <a href={href}>{label}</a>
              </td>
              <td class="number">{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
