{
document.documentElement.classList.add('hasjs');
const esc=s=>String(s).replace(/[&<>"]/g,c=>({'&':'&amp;','<':'&lt;','>':'&gt;','"':'&quot;'})[c]);
const text=v=>v===null?'–':Math.abs(v)>=1e6||v!==0&&Math.abs(v)<1e-3?v.toExponential(2):String(Number(v.toPrecision(5)));
const label=c=>c.title+(c.unit?' ['+c.unit+']':'');
const ticksOf=(lo,hi,n)=>{const raw=(hi-lo)/n||1,p=10**Math.floor(Math.log10(raw)),f=raw/p,s=(f<=1?1:f<=2?2:f<=2.5?2.5:f<=5?5:10)*p,o=[];for(let v=Math.ceil(lo/s-1e-9)*s;v<=hi+s*1e-9;v+=s)o.push(Math.abs(v)<s*1e-9?0:v);return o};
const fill=(select,names,chosen)=>{names.forEach((n,i)=>{const o=document.createElement('option');o.value=i;o.textContent=n;select.append(o)});select.value=String(chosen)};
const shapes=[(x,y,r)=>`M${x-r} ${y}a${r} ${r} 0 1 0 ${2*r} 0a${r} ${r} 0 1 0 ${-2*r} 0Z`,(x,y,r)=>`M${x-r} ${y-r}h${2*r}v${2*r}h${-2*r}Z`,(x,y,r)=>`M${x} ${y-1.2*r}L${x+1.15*r} ${y+r}H${x-1.15*r}Z`,(x,y,r)=>`M${x} ${y-1.35*r}L${x+1.35*r} ${y}L${x} ${y+1.35*r}L${x-1.35*r} ${y}Z`,(x,y,r)=>`M${x} ${y+1.2*r}L${x+1.15*r} ${y-r}H${x-1.15*r}Z`,(x,y,r)=>`M${x-r/2.5} ${y-r*1.2}h${r/1.25}v${r*.8}h${r*.8}v${r/1.25}h${-r*.8}v${r*.8}h${-r/1.25}v${-r*.8}h${-r*.8}v${-r/1.25}h${r*.8}Z`];
const again=[];
for(const fig of document.querySelectorAll('figure[data-explorer]')){
const data=JSON.parse(document.getElementById(fig.id+'-data').textContent),[a,b,c]=fig.querySelectorAll('select'),box=fig.querySelector('.plot'),tip=fig.querySelector('.tip'),greys=fig.querySelector('input');
const svg=(w,h,body)=>{box.innerHTML=`<svg viewBox="0 0 ${w} ${h}" style="min-width:0" role="img" aria-label="${esc(fig.querySelector('figcaption').textContent)}">${body}</svg>`};
const told=t=>{tip.textContent=t};
let draw;
if(fig.dataset.explorer==='rows'){
fill(a,data.columns.map(label),data.x);fill(b,data.columns.map(label),data.y);
const legend=document.createElement('div');legend.className='bar js';box.after(legend);
draw=()=>{
const cx=data.columns[a.value],cy=data.columns[b.value],shown=data.points.map((p,i)=>({p,i,x:p.v[a.value],y:p.v[b.value]})).filter(q=>q.x!==null&&q.y!==null&&(q.p.g>=0||greys&&greys.checked));
const w=Math.max(280,box.clientWidth),h=w<600?320:400,xs=shown.map(q=>q.x),ys=shown.map(q=>q.y);
const range=v=>{if(!v.length)return[0,1];const lo=Math.min(...v),hi=Math.max(...v),m=(hi-lo)*.05||Math.abs(hi)*.05||1;return[lo-m,hi+m]};
const [x0,x1]=range(xs),[y0,y1]=range(ys),tx=ticksOf(x0,x1,w<600?4:7),ty=ticksOf(y0,y1,6).filter(t=>t<=y1),left=14+8*Math.max(3,...ty.map(t=>text(t).length)),right=w-14,top=26,bottom=h-44;
const X=v=>left+(v-x0)/(x1-x0)*(right-left),Y=v=>bottom-(v-y0)/(y1-y0)*(bottom-top);
let s=`<text class="m" x="4" y="14">${esc(label(cy))}</text><text class="m" x="${(left+right)/2}" y="${h-6}" text-anchor="middle">${esc(label(cx))}</text>`;
for(const t of ty)s+=`<line class="grid" x1="${left}" x2="${right}" y1="${Y(t)}" y2="${Y(t)}"/><text class="m" x="${left-6}" y="${Y(t)+4}" text-anchor="end">${text(t)}</text>`;
for(const t of tx)s+=`<line class="grid" x1="${X(t)}" x2="${X(t)}" y1="${top}" y2="${bottom}"/><text class="m" x="${X(t)}" y="${bottom+18}" text-anchor="middle">${text(t)}</text>`;
for(const q of [...shown].sort((m,n)=>m.p.g-n.p.g)){const g=q.p.g,d=g<0?shapes[3](X(q.x),Y(q.y),3):shapes[g%shapes.length](X(q.x),Y(q.y),5);
s+=g<0?`<path d="${d}" data-i="${q.i}" fill="var(--muted)" fill-opacity=".45"/>`:`<path d="${d}" data-i="${q.i}" fill="${data.groups[g].colour}" stroke="var(--card)" stroke-width="1"/>`}
svg(w,h,s);
const of=g=>shown.some(q=>q.p.g===g);
legend.innerHTML=[...data.groups.map((g,i)=>of(i)?[shapes[i%shapes.length](8,8,5),g.colour,g.name]:0),of(-1)?[shapes[3](8,8,4),'var(--muted)',SAY('rejected (a sample)')]:0].filter(Boolean).map(([d,colour,name])=>`<span style="display:inline-flex;align-items:center;gap:5px;font-size:.85rem"><svg viewBox="0 0 16 16" style="width:16px;min-width:16px"><path d="${d}" fill="${colour}"/></svg>${esc(name)}</span>`).join('');
told(SAY('{} designs',shown.length)+(shown.length<data.points.filter(p=>p.g>=0||greys&&greys.checked).length?SAY(', those that have both numbers'):'')+SAY('. Point at one to read it off.'))};
const tell=e=>{const i=e.target.dataset&&e.target.dataset.i;if(i===undefined)return;const p=data.points[i],at=k=>data.columns[k].title+' '+text(p.v[k])+(data.columns[k].unit?' '+data.columns[k].unit:'');told(p.name+': '+at(a.value)+', '+at(b.value)+(p.note?' ('+p.note+')':''))};
box.addEventListener('pointerover',tell);box.addEventListener('pointerdown',tell);
for(const e of [a,b,greys])if(e)e.addEventListener('change',()=>draw());
}else{
const[fx,fy]=data.pairs[data.first];
fill(a,data.sizes.map(s=>s.title),fx);fill(b,data.sizes.map(s=>s.title),fy);fill(c,data.measures.map(label),0);
const byPair=new Map();for(const q of data.cells){const k=q[0];if(!byPair.has(k))byPair.set(k,[]);byPair.get(k).push(q)}
draw=()=>{
const i=Number(a.value),j=Number(b.value),m=Number(c.value),turned=i>j,k=data.pairs.findIndex(p=>p[0]===Math.min(i,j)&&p[1]===Math.max(i,j)),sx=data.sizes[i],sy=data.sizes[j];
const cells=(byPair.get(k)||[]).map(q=>({x:turned?q[2]:q[1],y:turned?q[1]:q[2],ok:q[3],name:q[4],v:q[5][m]}));
const fit=cells.filter(q=>q.ok&&q.v!==null).map(q=>q.v),lo=fit.length?Math.min(...fit):0,hi=fit.length?Math.max(...fit):1,span=hi-lo||1;
const colour=v=>{const p=Math.max(0,Math.min(1,(v-lo)/span))*(data.ramp.length-1),n=Math.min(data.ramp.length-2,Math.floor(p)),f=p-n;return 'rgb('+data.ramp[n].map((q,z)=>Math.round(q+(data.ramp[n+1][z]-q)*f))+')'};
const w=Math.max(280,box.clientWidth),nx=sx.places.length,ny=sy.places.length,left=14+8*Math.max(2,...sy.places.map(p=>p.length)),right=w-(w<600?66:96),top=26,bottom=top+Math.max(200,Math.min(340,30*ny)),h=bottom+44,cw=(right-left)/nx,ch=(bottom-top)/ny;
let s=`<text class="m" x="4" y="14">${esc(label(sy))}</text><text class="m" x="${(left+right)/2}" y="${h-6}" text-anchor="middle">${esc(label(sx))}</text>`;
for(const q of cells){const x=left+q.x*cw,y=bottom-(q.y+1)*ch,t=q.name+': '+(q.ok?text(q.v)+' '+data.measures[m].unit:SAY('breaks a limit'));
s+=`<rect x="${x}" y="${y}" width="${Math.max(1,cw-1)}" height="${Math.max(1,ch-1)}" fill="${q.ok&&q.v!==null?colour(q.v):'#bdbdbd'}" data-t="${esc(t)}"/>`;
if(!q.ok)s+=`<path d="M${x+cw*.4} ${y+ch*.35}L${x+cw*.6} ${y+ch*.65}M${x+cw*.6} ${y+ch*.35}L${x+cw*.4} ${y+ch*.65}" stroke="#666" data-t="${esc(t)}"/>`}
const ex=Math.max(1,Math.ceil(Math.max(30,9*Math.max(...sx.places.map(p=>p.length)))/cw)),ey=Math.max(1,Math.ceil(18/ch));
sx.places.forEach((p,n)=>{if(n%ex===0)s+=`<text class="m" x="${left+(n+.5)*cw}" y="${bottom+17}" text-anchor="middle">${p}</text>`});
sy.places.forEach((p,n)=>{if(n%ey===0)s+=`<text class="m" x="${left-6}" y="${bottom-(n+.5)*ch+4}" text-anchor="end">${p}</text>`});
const bar=top+18,bh=(bottom-bar)/30;for(let n=0;n<30;n++)s+=`<rect x="${right+10}" y="${bottom-bh*(n+1)}" width="12" height="${bh+.4}" fill="${colour(lo+span*(n+.5)/30)}"/>`;
s+=`<text class="m" x="${right+10}" y="${top+6}">${esc(data.measures[m].unit)}</text>`;for(const f of[0,.5,1])s+=`<text class="m s" x="${right+26}" y="${bottom-(bottom-bar)*f+4}">${text(Number((lo+span*f).toPrecision(4)))}</text>`;
svg(w,h,s);told(i===j?SAY('Choose two different sizes.'):cells.length?SAY('Point at a place to read off its best design. Grey with a cross: every design there breaks a limit.'):SAY('No design was run here.'))};
const tell=e=>{const t=e.target.dataset&&e.target.dataset.t;if(t!==undefined)told(t)};
box.addEventListener('pointerover',tell);box.addEventListener('pointerdown',tell);
let last=[fx,fy];
a.addEventListener('change',()=>{if(a.value===b.value)b.value=String(last[0]);last=[Number(a.value),Number(b.value)];draw()});
b.addEventListener('change',()=>{if(a.value===b.value)a.value=String(last[1]);last=[Number(a.value),Number(b.value)];draw()});
c.addEventListener('change',()=>draw());
}
fig.classList.add('live');again.push(draw);draw();
}
let waiting=0;addEventListener('resize',()=>{cancelAnimationFrame(waiting);waiting=requestAnimationFrame(()=>{for(const f of again)f()})});
}
