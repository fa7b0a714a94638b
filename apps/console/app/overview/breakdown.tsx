// Counts by name, most first, each leading to its payments.

interface BreakdownProps {
  readonly title: string;
  readonly rows: readonly { readonly text: string; readonly count: number; readonly href: string }[];
}

export function Breakdown({ title, rows }: BreakdownProps) {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p class="quiet">None.</p>
      ) : (
        <table class="breakdown">
          <tbody>
            {rows
              .toSorted((a, b) => b.count - a.count)
              .map(({ text, count, href }) => (
                <tr key={text}>
                  <th scope="row">
                    <a href={href}>{text}</a>
                  </th>
                  <td class="number">{count.toLocaleString('en')}</td>
                  <td class="share">
                    <meter min={0} max={most} value={count} aria-label={`${text}: ${count}`} />
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
