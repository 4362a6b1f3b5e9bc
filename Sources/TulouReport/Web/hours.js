document.documentElement.classList.add('hasjs');
const $=id=>document.getElementById(id);
const css=name=>getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const MONTHS=[SAY('Jan'),SAY('Feb'),SAY('Mar'),SAY('Apr'),SAY('May'),SAY('Jun'),SAY('Jul'),SAY('Aug'),SAY('Sep'),SAY('Oct'),SAY('Nov'),SAY('Dec')];
const number=v=>{const a=Math.abs(v);if(a===0)return '0';const d=a>=100?0:a>=10?1:a>=1?2:3;return (v.toFixed(d).indexOf('.')>=0?v.toFixed(d).replace(/\.?0+$/,''):v.toFixed(d)).replace(/\B(?=(\d{3})+(?!\d))/g,(m,g,i,s)=>s.indexOf('.')>=0&&i>s.indexOf('.')?'':',')};
const LADDER={'kW':[[1,'kW'],[1e3,'MW'],[1e6,'GW']],'kWh':[[1,'kWh'],[1e3,'MWh'],[1e6,'GWh']]};
const scaleOf=(most,unit)=>{let best=[1,unit];for(const s of LADDER[unit]||[])if(most>=s[0])best=s;return best};
const tickText=(v,ts)=>{const s=ts.length>1?Math.abs(ts[1]-ts[0]):1;let d=0;while(d<6&&Math.abs(s*10**d-Math.round(s*10**d))>1e-6)d++;return v.toFixed(d).replace(/\B(?=(\d{3})+(?!\d))/g,(m,g,i,q)=>q.indexOf('.')>=0&&i>q.indexOf('.')?'':',')};
const ticksOf=(lo,hi,n)=>{const raw=(hi-lo)/n||1,p=10**Math.floor(Math.log10(raw)),f=raw/p,s=(f<=1?1:f<=2?2:f<=2.5?2.5:f<=5?5:10)*p,o=[];for(let v=Math.ceil(lo/s-1e-9)*s;v<=hi+s*1e-9;v+=s)o.push(Math.abs(v)<s*1e-9?0:v);return o};
const store=$('hours-data')?JSON.parse($('hours-data').textContent):null;
const values=line=>{if(line.v)return line.v;const raw=atob(line.data),n=store.n,v=new Float64Array(n),k=(line.high-line.low)/65535;for(let i=0;i<n;i++)v[i]=line.low+(raw.charCodeAt(2*i)|raw.charCodeAt(2*i+1)<<8)*k;line.data=null;return line.v=v};
const timeOf=t=>{let p=store.periods[0];for(const q of store.periods)if(q[0]<=t)p=q;return new Date(p[1]+(t-p[0])*store.step*36e5)};
const two=n=>String(n).padStart(2,'0');
const dayText=d=>d.getUTCFullYear()+'-'+two(d.getUTCMonth()+1)+'-'+two(d.getUTCDate());
const canvasIn=(box,height)=>{let c=box.firstChild;if(!c){c=document.createElement('canvas');box.append(c)}const w=box.clientWidth||320,r=window.devicePixelRatio||1;c.width=w*r;c.height=height*r;c.style.height=height+'px';const g=c.getContext('2d');g.scale(r,r);g.font='12px '+getComputedStyle(document.body).fontFamily;return{c,g,w,h:height}};
if(store&&$('hours-plot')){
$('hours').classList.add('live');
const box=$('hours-plot'),tip=$('hours-tip'),viewBox=$('hours-view');
const drawBox=document.createElement('div'),legend=document.createElement('div');legend.className='bar';box.append(drawBox,legend);drawBox.style.touchAction='pan-y';
const per=h=>Math.max(1,Math.round(h/store.step));
let from=store.first,to=Math.min(store.n,from+per(168)),layout=null,mark=null,drag=null;
const draw=()=>{
const view=viewBox?viewBox.value:(store.lines.find(l=>l.part!=='other')||{view:''}).view;
const mine=store.lines.filter(l=>l.view===view&&l.part!=='other');
const span=to-from,bin=span*store.step>60*24?per(24)*Math.max(1,Math.round(span*store.step/24/800)):1;
const first=Math.floor(from/bin)*bin,n=Math.max(1,Math.ceil((to-first)/bin));
const cut=l=>{const v=values(l),o=new Float64Array(n);for(let i=0;i<n;i++){let s=0,c=0;for(let t=first+i*bin;t<Math.min(first+(i+1)*bin,store.n);t++){s+=v[t];c++}o[i]=c?s/c:0}return o};
const rows=mine.map(l=>({l,v:cut(l)})).filter(r=>r.l.part==='demand'||r.v.some(x=>x>1e-9));
const up=new Float64Array(n),down=new Float64Array(n);let most=0,least=0;
for(const r of rows){if(r.l.part==='demand'){for(const x of r.v)most=Math.max(most,x);continue}
const base=r.l.part==='supply'?up:down,s=r.l.part==='supply'?1:-1;r.a=base.slice();for(let i=0;i<n;i++)base[i]+=s*r.v[i];r.b=base.slice()}
for(let i=0;i<n;i++){most=Math.max(most,up[i]);least=Math.min(least,down[i])}
if(most===least)most=least+1;
const unit=mine.length?mine[0].unit:'kW',[f,u]=scaleOf(Math.max(most,-least),unit);
const {c,g,w,h}=canvasIn(drawBox,340);
const ticks=ticksOf(least/f,most/f,6),left=14+Math.max(...ticks.map(t=>g.measureText(tickText(t,ticks)).width)),right=w-8,top=22,bottom=h-26;
const y=v=>bottom-(v-least)/(most-least)*(bottom-top),x=t=>left+(t-from)/(to-from)*(right-left);
g.fillStyle=css('--muted');g.strokeStyle=css('--grid');g.textAlign='right';g.lineWidth=1;
for(const t of ticks){g.beginPath();g.moveTo(left,y(t*f));g.lineTo(right,y(t*f));g.stroke();g.fillText(tickText(t,ticks),left-6,y(t*f)+4)}
g.textAlign='left';g.fillText((bin>1?SAY('Daily mean power'):SAY('Power'))+' ['+u+']',4,12);
g.save();g.beginPath();g.rect(left,top-2,right-left,bottom-top+4);g.clip();
const at=i=>x(first+i*bin+bin/2);
for(const r of rows)if(r.a){g.fillStyle=r.l.colour;g.beginPath();for(let i=0;i<n;i++)g.lineTo(at(i),y(r.b[i]));for(let i=n-1;i>=0;i--)g.lineTo(at(i),y(r.a[i]));g.closePath();g.fill()}
for(const r of rows)if(!r.a){g.strokeStyle=css('--ink');g.lineWidth=2;g.beginPath();for(let i=0;i<n;i++)g.lineTo(at(i),y(r.v[i]));g.stroke()}
if(mark!==null){g.strokeStyle=css('--muted');g.lineWidth=1;g.beginPath();g.moveTo(x(mark),top);g.lineTo(x(mark),bottom);g.stroke()}
if(drag&&Math.abs(drag.b-drag.a)>0){g.fillStyle=css('--accent');g.globalAlpha=.2;g.fillRect(x(Math.min(drag.a,drag.b)),top,Math.abs(x(drag.b)-x(drag.a)),bottom-top);g.globalAlpha=1}
g.restore();g.fillStyle=css('--muted');g.strokeStyle=css('--muted');
const days=span*store.step/24,day=per(24);
let last=-1e9;
const label=(t,s)=>{const p=x(t);if(p<last+g.measureText(s).width+14||p>right-20)return;last=p;g.beginPath();g.moveTo(p,bottom);g.lineTo(p,bottom+5);g.stroke();g.fillText(s,Math.max(left,p-4),bottom+19)};
for(let t=Math.ceil(from);t<to;t+=1){const d=timeOf(t),hour=d.getUTCHours()+d.getUTCMinutes()/60;
if(days<=2.5){if(hour%3===0)label(t,hour===0?dayText(d):two(hour)+' h')}
else if(hour===0){if(days<=75)label(t,(days<=12?[SAY('Sun'),SAY('Mon'),SAY('Tue'),SAY('Wed'),SAY('Thu'),SAY('Fri'),SAY('Sat')][d.getUTCDay()]+' ':'')+SAY('D M').replace(/[DM]/g,c=>c==='D'?d.getUTCDate():MONTHS[d.getUTCMonth()]));else if(d.getUTCDate()===1)label(t,MONTHS[d.getUTCMonth()]+(d.getUTCMonth()===0||days>800?' '+d.getUTCFullYear():''));t+=day-1}
}
legend.innerHTML='';for(const r of rows){const s=document.createElement('span');s.style.cssText='display:inline-flex;align-items:center;gap:6px;font-size:.85rem';const b=document.createElement('i');b.style.cssText='width:12px;border-radius:2px;height:'+(r.a?12:3)+'px;background:'+(r.a?r.l.colour:css('--ink'));s.append(b,document.createTextNode(r.l.name));legend.append(s)}
layout={left,right,rows,first,bin,unit};
for(const b of document.querySelectorAll('#hours button[data-span]'))b.setAttribute('aria-pressed',String(({day:per(24),week:per(168),month:per(730),all:store.n})[b.dataset.span]===to-from));
};
const stepAt=e=>{const r=drawBox.getBoundingClientRect();return Math.max(from,Math.min(to,from+(e.clientX-r.left-layout.left)/(layout.right-layout.left)*(to-from)))};
const go=(a,b)=>{const n=Math.max(2,Math.min(store.n,Math.round(b-a)));from=Math.max(0,Math.min(store.n-n,Math.round(a)));to=from+n;mark=null;draw();const d=timeOf(from),e=timeOf(to-1);tip.textContent=SAY('{} to {}. Drag across the chart to zoom in, double-click for the whole.',dayText(d),dayText(e))};
const tell=e=>{const t=stepAt(e);mark=t;draw();const i=Math.max(0,Math.min(Math.floor((t-layout.first)/layout.bin),layout.rows.length?layout.rows[0].v.length-1:0)),d=timeOf(Math.min(store.n-1,layout.first+i*layout.bin));
tip.textContent=dayText(d)+(layout.bin>1?' '+SAY('(mean of the day)'):' '+two(d.getUTCHours())+':'+two(d.getUTCMinutes()))+': '+layout.rows.filter(r=>r.v[i]>1e-6).map(r=>{const[f,u]=scaleOf(r.v[i],layout.unit);return r.l.name+' '+number(r.v[i]/f)+' '+u}).join(', ')};
drawBox.addEventListener('pointermove',e=>{if(drag)drag.b=stepAt(e);tell(e)});
drawBox.addEventListener('pointerleave',()=>{mark=null;drag=null;draw()});
drawBox.addEventListener('pointerdown',e=>{if(e.pointerType==='mouse'&&e.button===0){drag={a:stepAt(e),b:stepAt(e)};e.preventDefault()}else tell(e)});
drawBox.addEventListener('pointerup',()=>{if(drag){const{a,b}=drag;drag=null;if(Math.abs(b-a)*store.step>=2)go(Math.min(a,b),Math.max(a,b));else draw()}});
drawBox.addEventListener('dblclick',()=>go(0,store.n));
for(const b of document.querySelectorAll('#hours button'))b.addEventListener('click',()=>{if(b.dataset.span){const n=({day:per(24),week:per(168),month:per(730),all:store.n})[b.dataset.span],m=to-from>n||b.dataset.span==='all'?from:(from+to-n)/2;go(b.dataset.span==='all'?0:m,(b.dataset.span==='all'?0:m)+n)}else{const n=(to-from)*Number(b.dataset.move);go(from+n,to+n)}});
if(viewBox)viewBox.addEventListener('change',draw);
window.tulouRedraw=[draw];go(from,to);
}
