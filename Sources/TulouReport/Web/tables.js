for(const table of document.querySelectorAll('table.sorts')){
const body=table.tBodies[0],rows=[...body.rows],heads=[...table.tHead.rows[0].cells],bar=table.closest('.scroll').previousElementSibling;
const key=(row,i)=>{const c=row.cells[i];return c.dataset.v!==undefined?Number(c.dataset.v):c.textContent};
heads.forEach((head,i)=>{const button=document.createElement('button');button.type='button';button.textContent=head.textContent;head.textContent='';head.append(button);
button.addEventListener('click',()=>{const down=head.getAttribute('aria-sort')==='ascending';for(const h of heads)h.removeAttribute('aria-sort');head.setAttribute('aria-sort',down?'descending':'ascending');
const sign=down?-1:1;[...rows].sort((a,b)=>{const p=key(a,i),q=key(b,i);return sign*(typeof p==='number'&&typeof q==='number'?p-q:String(p).localeCompare(String(q)))}).forEach(r=>body.append(r))})});
if(bar&&bar.classList.contains('filter')){bar.hidden=false;const input=bar.querySelector('input');
input.addEventListener('input',()=>{const words=input.value.toLowerCase().split(/\s+/).filter(Boolean);for(const r of rows){const text=r.textContent.toLowerCase();r.hidden=!words.every(w=>text.includes(w))}})}
}
