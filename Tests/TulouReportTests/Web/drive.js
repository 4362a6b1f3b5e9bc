// Uses a page as a reader would and writes what came of it into the page, for PageInBrowserSlowTests to read.
(() => {
  'use strict';
  const results = [];
  const expect = (name, ok, shown) => results.push({ name, ok: Boolean(ok), shown: String(shown === undefined ? '' : shown) });
  const $ = selector => document.querySelector(selector);
  const all = selector => [...document.querySelectorAll(selector)];
  const click = element => element.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  const change = (element, value) => {
    element.value = value;
    element.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const point = (element, kind, x, y) => {
    const box = element.getBoundingClientRect();
    element.dispatchEvent(new PointerEvent(kind, {
      bubbles: true, pointerType: 'mouse', button: 0, clientX: box.left + x * box.width, clientY: box.top + y * box.height,
    }));
  };
  const pressed = span => $(`#hours button[data-span="${span}"]`).getAttribute('aria-pressed') === 'true';
  const range = () => $('#hours-tip').textContent.split('.')[0];
  // Days from the first to the last that the words under the chart name.
  const days = () => {
    const [first, last] = range().split(' to ').map(text => Date.parse(text));
    return Math.round((last - first) / 864e5);
  };
  const inked = canvas => {
    const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    let count = 0;
    for (let i = 3; i < pixels.length; i += 4) if (pixels[i]) count += 1;
    return count / (canvas.width * canvas.height);
  };

  function hours() {
    expect('hours are live', $('#hours').classList.contains('live') && $('#map').classList.contains('live'));
    expect('the chart of hours is drawn', inked($('#hours-plot canvas')) > 0.05, inked($('#hours-plot canvas')));
    expect('a week at first', pressed('week') && days() === 6, range());
    click($('#hours button[data-span="day"]'));
    expect('a day', pressed('day') && !pressed('week') && days() === 0, range());
    const before = range();
    click($('#hours button[data-move="1"]'));
    expect('a day later', Date.parse(range().split(' to ')[0]) - Date.parse(before.split(' to ')[0]) === 864e5, range());
    click($('#hours button[data-move="-1"]'));
    expect('and back', range() === before, range());
    click($('#hours button[data-span="all"]'));
    expect('all of it', pressed('all') && days() === 13, range());
    const chart = $('#hours-plot').firstChild;
    point(chart, 'pointermove', 0.5, 0.5);
    expect('a place is told', /^\d{4}-\d\d-\d\d.*: .*\d (kW|MW|GW)/.test($('#hours-tip').textContent), $('#hours-tip').textContent);
    point(chart, 'pointerdown', 0.4, 0.5);
    point(chart, 'pointermove', 0.6, 0.5);
    point(chart, 'pointerup', 0.6, 0.5);
    expect('dragging zooms', !pressed('all') && days() > 0 && days() < 6, range());
    chart.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    expect('a double click shows all', pressed('all'), range());
    const legend = () => [...$('#hours-plot').lastChild.children].map(e => e.textContent).join('|');
    const first = legend(), view = $('#hours-view');
    expect('more than one form of energy', view && view.options.length > 1);
    if (view) change(view, view.options[1].value);
    expect('another form of energy has other machines', legend() && legend() !== first, legend());
  }

  function map() {
    const tip = $('#map-tip'), choice = $('#map-line');
    expect('the map is drawn', inked($('#map-plot canvas')) > 0.3, inked($('#map-plot canvas')));
    point($('#map-plot'), 'pointermove', 0.5, 0.5);
    expect('the map tells a place', tip.textContent.startsWith(choice.options[0].text) && /\d\d:\d\d: /.test(tip.textContent), tip.textContent);
    change(choice, '1');
    point($('#map-plot'), 'pointermove', 0.5, 0.5);
    expect('another series', tip.textContent.startsWith(choice.options[1].text), tip.textContent);
  }

  function rows() {
    const figure = $('figure[data-explorer="rows"]'), tip = figure.querySelector('.tip');
    const [across, up] = figure.querySelectorAll('select'), marks = () => figure.querySelectorAll('path[data-i]').length;
    expect('designs', marks() === 3, marks());
    click(figure.querySelector('input'));
    expect('rejected designs too', marks() === 4, marks());
    change(across, '2');
    change(up, '1');
    const words = [...figure.querySelectorAll('.plot svg text')].map(e => e.textContent);
    expect('chosen axes', words.includes('Land [m²]') && words.includes('CO2 <t/y> [t/y]'), words.join('|'));
    expect('a design without a number is left out', marks() === 3 && tip.textContent.includes('both numbers'), tip.textContent);
    const mark = figure.querySelector('path[data-i="0"]');
    point(mark, 'pointerover', 0.5, 0.5);
    expect('a design is told', tip.textContent.startsWith('sun & wind: Land 100'), tip.textContent);
  }

  function surface() {
    const figure = $('figure[data-explorer="surface"]'), tip = figure.querySelector('.tip');
    const [across, up, colour] = figure.querySelectorAll('select');
    expect('places', figure.querySelectorAll('rect[data-t]').length === 4, figure.querySelectorAll('rect[data-t]').length);
    const place = figure.querySelector('rect[data-t]');
    point(place, 'pointerover', 0.5, 0.5);
    expect('a place of the surface is told', tip.textContent === place.dataset.t, tip.textContent);
    const crossed = [...figure.querySelectorAll('rect[data-t]')].filter(e => e.dataset.t.endsWith('breaks a limit'));
    expect('a broken limit is grey', crossed.length === 1 && crossed[0].getAttribute('fill') === '#bdbdbd', crossed.length);
    change(across, up.value);
    expect('the same size twice swaps the axes', across.value !== up.value, across.value + up.value);
    change(colour, '1');
    expect('another measure', [...figure.querySelectorAll('.plot text')].some(e => e.textContent === 't/y'));
  }

  function table() {
    const table = $('table.sorts'), bodies = () => [...table.tBodies[0].rows];
    const heads = [...table.tHead.rows[0].cells], first = () => bodies().map(r => r.cells[0].textContent).join(' ');
    click(heads[1].querySelector('button'));
    expect('ascending numbers', first() === 'beta gamma alpha' && heads[1].getAttribute('aria-sort') === 'ascending', first());
    click(heads[1].querySelector('button'));
    expect('descending numbers', first() === 'alpha gamma beta', first());
    click(heads[0].querySelector('button'));
    expect('words', first() === 'alpha beta gamma' && !heads[1].hasAttribute('aria-sort'), first());
    const filter = table.closest('.scroll').previousElementSibling;
    expect('the filter is shown', !filter.hidden);
    filter.querySelector('input').value = 'GAM';
    filter.querySelector('input').dispatchEvent(new Event('input', { bubbles: true }));
    expect('the filter hides', bodies().filter(r => !r.hidden).map(r => r.cells[0].textContent).join() === 'gamma');
  }

  function charts() {
    const specs = JSON.parse($('#chart-data').textContent), drawn = window.driveDrawn;
    expect('every chart is drawn', drawn.length === specs.length && specs.length > 5, `${drawn.length} of ${specs.length}`);
    const live = all('figure.live[id^="fig-"]:not([data-explorer])').length;
    expect('one that fails stays a drawing', live === specs.length - 1, live);
  }

  const steps = { hours, map, rows, surface, table, charts };
  setTimeout(() => {
    for (const [name, step] of Object.entries(steps)) {
      try { step(); } catch (error) { expect(name, false, error.stack); }
    }
    window.dispatchEvent(new Event('resize'));
    setTimeout(() => {
      expect('nothing failed in the page', window.driveFaults.length === 0, window.driveFaults.join('; '));
      const told = document.createElement('pre');
      told.id = 'driven';
      told.textContent = JSON.stringify(results);
      document.body.append(told);
    }, 500);
  }, 1000);
})();
