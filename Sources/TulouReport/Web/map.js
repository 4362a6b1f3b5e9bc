if(store&&$('map-plot')){
$('map').classList.add('live');
const box=$('map-plot'),tip=$('map-tip'),choice=$('map-line');
const colour=s=>{const p=Math.max(0,Math.min(1,s))*(RAMP.length-1),i=Math.min(RAMP.length-2,Math.floor(p)),k=p-i;return RAMP[i].map((a,j)=>Math.round(a+(RAMP[i+1][j]-a)*k))};
let shape=null;
const draw=()=>{
const line=store.lines[Number(choice.value)||0],v=values(line),rows=Math.max(1,Math.round(24/store.step)),cols=Math.ceil(store.n/rows);
const low=Math.min(0,line.low),high=line.high>low?line.high:low+1,[f,u]=scaleOf(Math.max(Math.abs(low),Math.abs(high)),line.unit);
const{c,g,w,h}=canvasIn(box,270),left=42,right=w-74,top=10,bottom=h-28;
const off=document.createElement('canvas');off.width=cols;off.height=rows;const o=off.getContext('2d'),im=o.createImageData(cols,rows);
for(let t=0;t<store.n;t++){const q=colour((v[t]-low)/(high-low)),k=((rows-1-t%rows)*cols+Math.floor(t/rows))*4;im.data[k]=q[0];im.data[k+1]=q[1];im.data[k+2]=q[2];im.data[k+3]=255}
o.putImageData(im,0,0);g.imageSmoothingEnabled=false;g.drawImage(off,left,top,right-left,bottom-top);
g.fillStyle=css('--muted');g.textAlign='right';for(const hour of[0,6,12,18,24])g.fillText(two(hour)+' h',left-5,bottom-(bottom-top)*hour/24+4);
g.textAlign='left';let last=-1e9;for(let d=0;d<cols;d++){const q=timeOf(d*rows),p=left+(right-left)*d/cols;if((q.getUTCDate()===1||d===0)&&p>last+34){last=p;g.fillText(MONTHS[q.getUTCMonth()]+(cols>400&&q.getUTCMonth()===0?' '+q.getUTCFullYear():''),p,bottom+18)}}
for(let i=0;i<100;i++){const q=colour((i+.5)/100);g.fillStyle='rgb('+q+')';g.fillRect(right+12,bottom-(bottom-top-18)*(i+1)/100,12,(bottom-top-18)/100+.7)}
g.fillStyle=css('--muted');g.fillText(u,right+12,top+9);for(const s of[0,.5,1])g.fillText(number((low+(high-low)*s)/f),right+28,bottom-(bottom-top-18)*s+4);
shape={left,right,top,bottom,rows,cols,v,f,u,name:line.name}};
box.addEventListener('pointermove',e=>{const r=box.getBoundingClientRect(),d=Math.floor((e.clientX-r.left-shape.left)/(shape.right-shape.left)*shape.cols),q=Math.floor((shape.bottom-(e.clientY-r.top))/(shape.bottom-shape.top)*shape.rows),t=d*shape.rows+q;
if(d>=0&&d<shape.cols&&q>=0&&q<shape.rows&&t<store.n){const z=timeOf(t);tip.textContent=shape.name+', '+dayText(z)+' '+two(z.getUTCHours())+':'+two(z.getUTCMinutes())+': '+number(shape.v[t]/shape.f)+' '+shape.u}});
choice.addEventListener('change',draw);(window.tulouRedraw=window.tulouRedraw||[]).push(draw);draw();
}
let waiting=0;
const again=()=>{cancelAnimationFrame(waiting);waiting=requestAnimationFrame(()=>{for(const f of window.tulouRedraw||[])f()})};
addEventListener('resize',again);
const dark=matchMedia('(prefers-color-scheme: dark)');dark.addEventListener('change',again);
