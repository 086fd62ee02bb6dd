/** What the page does by itself: sorting, filtering, and opening a picture that is linked to. */
export const PAGE_SCRIPT = `
const table = document.querySelector('#files');
const body = table.tBodies[0];
const keyOf = (row, column) => row.cells[column].dataset.sort;
table.tHead.addEventListener('click', (event) => {
  const head = event.target.closest('th');
  if (!head) return;
  const column = head.cellIndex;
  const down = head.getAttribute('aria-sort') === 'ascending';
  for (const other of head.parentNode.cells) other.setAttribute('aria-sort', 'none');
  head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
  const rows = [...body.rows].sort((a, b) => {
    const [x, y] = [keyOf(a, column), keyOf(b, column)];
    if (x !== undefined && y !== undefined) return x - y;
    return a.cells[column].textContent.localeCompare(b.cells[column].textContent);
  });
  body.append(...(down ? rows.reverse() : rows));
});
const onlyWrong = document.querySelector('#only-wrong');
const find = document.querySelector('#find');
const filter = () => {
  for (const row of body.rows) {
    const text = (row.cells[0].textContent + ' ' + row.cells[1].textContent).toLowerCase();
    row.hidden = (onlyWrong.checked && !row.classList.contains('faulty')) || !text.includes(find.value.toLowerCase());
  }
};
onlyWrong.addEventListener('change', filter);
find.addEventListener('input', filter);
const openLinked = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.tagName === 'DETAILS') {
    target.open = true;
    target.scrollIntoView();
  }
};
addEventListener('hashchange', openLinked);
openLinked();
`;
